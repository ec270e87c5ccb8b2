# exercise: cnn_model
# mistake: builds the network and never trains it
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
