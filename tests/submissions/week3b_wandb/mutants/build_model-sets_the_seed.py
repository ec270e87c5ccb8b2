# exercise: build_model
# mistake: sets the seed itself, so that two models start the same
# caught by: test_obeys_num_filters

def build_model(config):
    torch.manual_seed(seed)
    n, k = config["num_filters"], config["kernel_size"]
    return nn.Sequential(ChannelsFirst(), nn.Conv1d(4, n, k, padding="same"), nn.ReLU(),
                         nn.Conv1d(n, n, k, padding="same"), nn.ReLU(),
                         nn.Conv1d(n, 1, 1), nn.Flatten())
