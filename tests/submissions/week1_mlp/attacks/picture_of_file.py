# attack: names files of the course as pictures in its text, which would be put into the feedback page
# class: leak
# base: stub
# expect: no more points than base
# --- build:
lines = [f"![x]({p})" for p in (
    "@COURSE@/canary.txt", "../../../canary.txt", "file:///etc/passwd", "@HOME@/canary.txt",
    "..%2F..%2F..%2Fcanary.txt", "canary.png", "/proc/self/environ")]
(folder / "canary.png").symlink_to("@COURSE@/canary.txt")
notebook["cells"].append({"cell_type": "markdown", "id": "pictures", "metadata": {}, "source": "\n".join(lines)})
