# exercise: pearson_per_sequence
# mistake: rows with a standard deviation below a millionth count as constant
# caught by: test_scale_and_offset
def pearson_per_sequence(pred, obs):
    p, o = (torch.as_tensor(a).detach().cpu().double().numpy() for a in (pred, obs))
    flat = (p.std(1) < 1e-6) | (o.std(1) < 1e-6)
    p, o = p - p.mean(1, keepdims=True), o - o.mean(1, keepdims=True)
    spread = np.sqrt((p**2).sum(1) * (o**2).sum(1))
    return np.where(flat, 0.0, (p * o).sum(1) / np.where(flat, 1.0, spread))
