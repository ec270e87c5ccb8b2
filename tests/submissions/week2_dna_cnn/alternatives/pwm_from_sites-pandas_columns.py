# exercise: pwm_from_sites
# style: a pandas table of letters, value counts per column

def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    table = pd.DataFrame([list(site.upper()) for site in sites])
    if table.empty:
        raise ValueError("no site to count")
    if table.isna().to_numpy().any():
        raise ValueError("the sites do not have the same length")
    if not table.isin(list(BASES)).to_numpy().all():
        raise ValueError("a site has a letter that is not a base")
    counts = table.apply(lambda column: column.value_counts()).reindex(list(BASES)).fillna(0).T
    frequencies = (counts + pseudocount * np.array(background)) / (len(table) + pseudocount)
    return torch.tensor(np.log2(frequencies / np.array(background)).to_numpy(dtype="float32"))
