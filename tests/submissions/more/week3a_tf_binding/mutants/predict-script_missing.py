# exercise: predict
# mistake: saves the weights and never writes the script
# caught by: test_runs_by_itself

torch.save(binding_model.state_dict(), "model_weights.pt")
