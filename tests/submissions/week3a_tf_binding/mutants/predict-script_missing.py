# exercise: predict
# mistake: saves the weights and never writes the script

torch.save(binding_model.state_dict(), "model_weights.pt")
