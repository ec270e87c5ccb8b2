# attack: sends a hundred thousand forged messages of every kind
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
kernel = get_ipython().kernel
session, parent = kernel.session, kernel.get_parent()
for i in range(30_000):
    session.send(kernel.iopub_socket, ("stream", "display_data", "comm_open", "status", "x" * 200)[i % 5],
                 {"name": "stdout", "text": "f" * 1000, "data": {}, "metadata": {}, "comm_id": str(i), "target_name": "t",
                  "execution_state": "busy"}, parent=parent)
