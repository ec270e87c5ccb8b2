# exercise: in_silico_mutagenesis
# style: the three substitutions of a position at once; the model's mode is restored

def in_silico_mutagenesis(model: nn.Module, onehot: torch.Tensor) -> torch.Tensor:
    mode = model.training
    model.eval()
    rows = []
    with torch.inference_mode():
        reference = model(onehot.unsqueeze(0)).sum().item()
        for i, own in enumerate(onehot.argmax(dim=1).tolist()):
            others = [b for b in range(4) if b != own]
            batch = torch.stack([onehot] * 3)
            for j, b in enumerate(others):
                batch[j, i, own] = 0.0
                batch[j, i, b] = 1.0
            row = [0.0] * 4
            for b, total in zip(others, model(batch).sum(dim=1).tolist()):
                row[b] = total - reference
            rows.append(row)
    model.train(mode)
    return torch.tensor(rows, dtype=onehot.dtype)
