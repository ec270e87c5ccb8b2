# exercise: held_out_accuracy
# mistake: names the class binding_model, not a trained model
# caught by: test_finds_sites

binding_model = TFBindingCNN
