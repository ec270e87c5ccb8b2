# exercise: held_out_accuracy
# mistake: builds the model and never trains it
# caught by: test_finds_sites

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
