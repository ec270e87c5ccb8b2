# attack: stops the kernel's own threads and closes its sockets
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
kernel = get_ipython().kernel
for socket in (kernel.iopub_socket, getattr(kernel, "control_stream", None), getattr(kernel, "shell_stream", None)):
    try:
        socket.close()
    except Exception:
        pass
import zmq
zmq.Context.instance().destroy(linger=0)
