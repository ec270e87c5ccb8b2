# exercise: tuned_model
# style: a function that keeps the weights of the best validation epoch and stops when good enough

import copy


def fit_best(config, most_epochs):
    torch.manual_seed(seed + 1)
    network = build_model(config).to(device)
    optimizer = build_optimizer(network, config)
    best_r, best_weights = -1.0, None
    for _ in range(most_epochs):
        network.train()
        for part in torch.randperm(len(train_x)).split(config["batch_size"]):
            optimizer.zero_grad()
            ((network(train_x[part].to(device)) - train_y[part].to(device)) ** 2).mean().backward()
            optimizer.step()
        network.eval()
        with torch.no_grad():
            r = mean_pearson(network(val_x.to(device)).cpu(), val_y)
        if r > best_r:
            best_r, best_weights = r, copy.deepcopy(network.state_dict())
        if best_r > 0.95:
            break
    network.load_state_dict(best_weights)
    return network


tuned_model = fit_best(best_config, most_epochs=12)
print("validation r", mean_pearson(tuned_model.eval()(val_x.to(device)).detach().cpu(), val_y))
