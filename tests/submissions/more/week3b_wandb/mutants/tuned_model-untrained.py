# exercise: tuned_model
# mistake: builds the network and does not train it
# caught by: test_better_than_the_default

torch.manual_seed(seed)
tuned_model = build_model(best_config).to(device)
