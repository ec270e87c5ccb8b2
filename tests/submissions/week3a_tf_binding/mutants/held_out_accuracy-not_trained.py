# exercise: held_out_accuracy
# mistake: builds the model and never trains it

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
