# exercise: pearson_per_sequence
# style: sums in plain Python with fsum

import math

def pearson_per_sequence(pred, obs):
    answer = []
    for p, o in zip(pred.tolist(), obs.tolist()):
        n = len(p)
        if min(p) == max(p) or min(o) == max(o):
            answer.append(0.0)
            continue
        mp, mo = math.fsum(p) / n, math.fsum(o) / n
        spo = math.fsum((a - mp) * (b - mo) for a, b in zip(p, o))
        spp = math.fsum((a - mp) ** 2 for a in p)
        soo = math.fsum((b - mo) ** 2 for b in o)
        answer.append(spo / math.sqrt(spp) / math.sqrt(soo))
    return torch.tensor(answer, dtype=torch.float64)
