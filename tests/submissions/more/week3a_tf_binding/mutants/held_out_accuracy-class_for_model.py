# exercise: held_out_accuracy
# mistake: names the class binding_model, not a trained model
# caught by: test_beyond_a_dense_layer

binding_model = TFBindingCNN
