# exercise: held_out_accuracy
# style: AdamW with a one-cycle schedule and its own loop

torch.manual_seed(2)
binding_model = TFBindingCNN().to(device)
rounds = 9
opt = torch.optim.AdamW(binding_model.parameters(), lr=0.002)
plan = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=0.01, total_steps=rounds * len(train_dl))
for _ in range(rounds):
    binding_model.train()
    for x, y in train_dl:
        opt.zero_grad()
        nn.functional.mse_loss(binding_model(x.to(device)), y.to(device)).backward()
        opt.step()
        plan.step()
binding_model.eval()
