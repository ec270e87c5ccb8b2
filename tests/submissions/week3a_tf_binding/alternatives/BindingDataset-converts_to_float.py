# exercise: BindingDataset
# style: copies both to float32 tensors and checks that they belong together

class BindingDataset(torch.utils.data.Dataset[tuple[torch.Tensor, torch.Tensor]]):
    def __init__(self, onehots, scores) -> None:
        self.x = torch.as_tensor(onehots, dtype=torch.float32).clone()
        self.y = torch.as_tensor(scores, dtype=torch.float32).clone()
        if self.x.shape[:2] != self.y.shape:
            raise ValueError("sequences and scores do not belong together")

    def __len__(self) -> int:
        return self.x.size(0)

    def __getitem__(self, index):
        return (self.x[index], self.y[index])
