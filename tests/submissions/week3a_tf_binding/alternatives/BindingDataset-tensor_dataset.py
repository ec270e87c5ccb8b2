# exercise: BindingDataset
# style: a subclass of TensorDataset

class BindingDataset(torch.utils.data.TensorDataset):
    def __init__(self, onehots, scores):
        super().__init__(torch.as_tensor(onehots), torch.as_tensor(scores))
