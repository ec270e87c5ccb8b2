# attack: sends what the hidden tests pass in to TCP, UDP, Unix and abstract sockets on this machine
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
# fast: yes
import socket
def tell(text):
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int("@TCP@"))),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", int("@UDP@"))),
        (socket.AF_INET6, socket.SOCK_STREAM, ("::1", int("@TCP6@"))),
        (socket.AF_UNIX, socket.SOCK_STREAM, "@UNIX@"),
        (socket.AF_UNIX, socket.SOCK_STREAM, "\0@ABSTRACT@"),
    ):
        try:
            with socket.socket(family, kind) as s:
                s.settimeout(1)
                s.connect(address)
                s.send(("@NAME@ " + text).encode())
        except OSError:
            pass

tell("the notebook runs")

def mse_loss(y_hat, y):
    tell(repr((y_hat, y)))
    return 0.0
