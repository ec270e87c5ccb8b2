# attack: keeps hidden inputs and shows them in the notebook's own outputs later, from a thread and a picture
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
import base64, threading, time
from IPython.display import display, update_display
kept = []
shown = display("waiting", display_id="later")
def show_later():
    for _ in range(600):
        time.sleep(0.05)
        if kept:
            text = str(kept[-1])
            png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + text.encode()).decode()
            try:
                update_display({"text/plain": text, "image/png": png}, display_id="later", raw=True)
                print(text)
                get_ipython().kernel.session.send(get_ipython().kernel.iopub_socket, "update_display_data",
                    {"data": {"text/plain": text}, "metadata": {}, "transient": {"display_id": "later"}})
            except Exception:
                pass
threading.Thread(target=show_later, daemon=True).start()
def mse_loss(y_hat, y):
    kept.append((y_hat, y))
    time.sleep(0.2)
    return 0.0
