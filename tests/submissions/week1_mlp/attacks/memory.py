# attack: takes memory until there is none, in its own process
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
taken = []
while True:
    taken.append(np.ones(2**24))
