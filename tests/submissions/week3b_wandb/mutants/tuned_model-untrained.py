# exercise: tuned_model
# mistake: builds the network and does not train it

torch.manual_seed(seed)
tuned_model = build_model(best_config).to(device)
