"use strict";
// Sorting, filtering and drawing. What students chose is only ever read as text.
{
  const FIRST = 10; // rows of the list of misses that are shown at once
  const $ = (selector) => document.querySelector(selector);
  const $$ = (selector) => [...document.querySelectorAll(selector)];
  const form = $("#filter");
  const choice = $("#exercise");
  let miss = null; // the button whose students are shown
  let all = false; // every miss, not only the first ones

  // Tables: a button in each heading, whose cell says how its column is sorted.
  const text = (cell) => cell.dataset.value ?? cell.textContent.trim();
  function sort(heading) {
    const up = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of heading.parentElement.cells) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const numbers = heading.classList.contains("n");
    const body = heading.closest("table").tBodies[0];
    const rows = [...body.rows].map((row) => [text(row.cells[heading.cellIndex]), row]);
    rows.sort(([a], [b]) => {
      if (!a || !b) return !a - !b; // what is empty comes last in both directions
      const order = numbers ? a - b : a.localeCompare(b, undefined, { numeric: true });
      return up ? order : -order;
    });
    body.append(...rows.map(([, row]) => row));
    showMisses();
  }
  for (const button of $$("th[aria-sort] button"))
    button.addEventListener("click", () => sort(button.closest("th")));

  // The submissions: by name, by points, by what was missed.
  function filter() {
    const { student, from, to, look } = form.elements;
    const rows = $$("#students tbody tr");
    const ranged = from.value !== "" || to.value !== "";
    for (const row of rows) {
      const { points, missed } = row.dataset;
      row.hidden =
        !row.dataset.student.toLowerCase().includes(student.value.trim().toLowerCase()) ||
        (ranged && points === "") ||
        (from.value !== "" && Number(points) < Number(from.value)) ||
        (to.value !== "" && Number(points) > Number(to.value)) ||
        (look.checked && !row.cells[1].textContent) ||
        (miss !== null && !missed.split(" ").includes(miss.dataset.miss));
    }
    for (const button of $$(".who")) button.setAttribute("aria-pressed", button === miss);
    const left = rows.filter((row) => !row.hidden).length;
    const why = miss === null ? "" : `: ${miss.getAttribute("aria-label").replace(/^Show the /, "")}`;
    $("#shown").textContent = left === rows.length ? "" : `${left} of ${rows.length} shown${why}`;
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    miss = null;
    select("scores-figure", []);
    setTimeout(filter); // when the fields are empty
  });
  for (const button of $$(".who"))
    button.addEventListener("click", () => {
      miss = miss === button ? null : button;
      filter();
      if (miss) $("#submissions").scrollIntoView();
    });

  // One exercise, or all.
  function showMisses() {
    const rows = $$("#misses tbody tr");
    const own = rows.filter((row) => !chosen || row.dataset.exercise === chosen);
    for (const row of rows) row.hidden = !own.includes(row);
    if (!all) for (const row of own.slice(FIRST)) row.hidden = true;
    if ($("#more")) $("#more").hidden = all || own.length <= FIRST;
  }
  let chosen = "";
  function choose(name) {
    if (name === chosen) return; // the charts answer each other
    chosen = choice.value = name;
    for (const part of $$("[data-exercise]"))
      part.classList.toggle("chosen", name !== "" && part.dataset.exercise === name);
    showMisses();
    selectExercise();
  }
  function selectExercise() {
    for (const id of ["success-figure", "discrimination-figure"]) select(id, chosen ? [chosen] : []);
  }
  choice?.addEventListener("change", () => choose(choice.value));
  $("#more")?.addEventListener("click", () => {
    all = true;
    showMisses();
  });

  // The charts, in the colors of the page.
  const figures = JSON.parse($("#figures").textContent);
  const views = {};
  function theme() {
    const style = getComputedStyle(document.documentElement);
    const colored = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      background: "transparent",
      font: "system-ui, sans-serif",
      view: { stroke: null },
      axis: {
        labelColor: colored("text"), titleColor: colored("soft"), domainColor: colored("soft"),
        tickColor: colored("soft"), gridColor: colored("line"), labelFontSize: 12, titleFontSize: 12,
        titleFontWeight: 400,
      },
      bar: { color: colored("blue") },
      point: { color: colored("blue") },
      style: {
        median: { color: colored("orange") },
        mean: { color: colored("outer") },
        full: { color: colored("inner") },
        stem: { color: colored("outer") },
        zero: { color: colored("soft") },
      },
    };
  }
  // Mark what was chosen elsewhere; an empty choice marks nothing and dims nothing.
  function select(id, names) {
    const view = views[id]?.view;
    if (!view) return;
    const fields = [{ type: "E", field: "exercise" }];
    view.data("chosen_store", names.map((name) => ({ unit: "", fields, values: [name] })));
    view.runAsync();
  }
  function listen(id, view) {
    view.addSignalListener("chosen", (_, { low = [], most = [], exercise = [] }) => {
      if (id === "scores-figure") {
        form.elements.from.value = low.length ? Math.min(...low) : "";
        form.elements.to.value = most.length ? Math.max(...most) : "";
        filter();
      } else choose(exercise[0] ?? "");
    });
  }
  async function draw() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    for (const [id, spec] of Object.entries(figures)) {
      views[id]?.finalize();
      views[id] = await vegaEmbed(`#${id}`, spec, {
        actions: false, renderer: "svg", config: theme(), tooltip: { theme: dark ? "dark" : "light" },
      });
      listen(id, views[id].view);
    }
    selectExercise();
    document.documentElement.dataset.drawn = dark ? "dark" : "light";
  }
  let drawing = draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawing = drawing.then(draw);
  });
  showMisses();
}
