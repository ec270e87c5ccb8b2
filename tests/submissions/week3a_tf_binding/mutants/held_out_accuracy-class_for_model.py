# exercise: held_out_accuracy
# mistake: names the class binding_model, not a trained model

binding_model = TFBindingCNN
