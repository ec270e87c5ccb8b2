# attack: hands in three thousand cells that each take a little time
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
# --- build:
for i in range(3000):
    notebook["cells"].append({"cell_type": "code", "id": f"many{i}", "metadata": {}, "outputs": [],
                              "execution_count": None, "source": "import time\ntime.sleep(0.5)"})
