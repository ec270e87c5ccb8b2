# exercise: held_out_accuracy
# style: asks only whether a site covers a position, with a binary cross-entropy

torch.manual_seed(4)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)


def covered_or_not(prediction, target):
    return F.binary_cross_entropy_with_logits(prediction, (target > 0).float())


binding_losses = fit(binding_model, train_dl, val_dl, optimizer, covered_or_not, device, 10)
