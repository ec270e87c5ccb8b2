# exercise: cubic_model
# style: a small network trained by LBFGS

torch.manual_seed(3)
x_train = torch.linspace(-2, 2, 101, device=device).unsqueeze(-1)
y_train = x_train ** 3

cubic_model = MLP(1, 20, 1).to(device)
lbfgs = torch.optim.LBFGS(cubic_model.parameters(), max_iter=300, line_search_fn="strong_wolfe")


def closure():
    lbfgs.zero_grad()
    loss = nn.functional.mse_loss(cubic_model(x_train), y_train)
    loss.backward()
    return loss


lbfgs.step(closure)
