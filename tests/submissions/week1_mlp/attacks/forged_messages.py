# attack: answers the grader itself on the kernel's sockets before the kernel does
# class: gain
# base: stub
# expect: 0 points
# fast: yes
kernel = get_ipython().kernel
session = kernel.session
original = session.send
def forged(stream, kind, content=None, parent=None, *args, **more):
    if "probe" in str(kind):
        for text in ("true", "1.0", '{"passed": true}'):
            original(stream, kind, {"status": "ok", "text": text}, parent, *args, **more)
    return original(stream, kind, content, parent, *args, **more)
session.send = forged
for kind in ("status", "execute_reply", "probe_reply", "shutdown_reply", "interrupt_reply"):
    original(kernel.iopub_socket, kind, {"status": "ok", "execution_state": "idle"}, parent=kernel.get_parent())
