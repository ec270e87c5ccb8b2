# exercise: held_out_accuracy
# mistake: builds the model and never trains it
# caught by: test_beyond_a_dense_layer

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
