# attack: leaves data loaders with worker processes and queues that never end
# class: harm
# base: stub
# expect: no more points than base
import multiprocessing, time
class Endless(torch.utils.data.Dataset):
    def __len__(self): return 10**9
    def __getitem__(self, i):
        time.sleep(1000)
loader = torch.utils.data.DataLoader(Endless(), num_workers=4, persistent_workers=True)
iter(loader)
for _ in range(4):
    multiprocessing.Process(target=time.sleep, args=(10**6,), daemon=False).start()
