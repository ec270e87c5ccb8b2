"""Grades one week on a Slurm cluster: starts Dask workers as jobs, grades, and ends the jobs.

    python cluster/slurm.py week1_mlp --partition cpu --jobs 4 --workers 8
    python cluster/slurm.py week2_dna_cnn --partition gpu --jobs 2 --workers 1 --gpu

Further options, such as --student ada or --force, go to `autograder grade`. Needs `pip install
cryptography dask-jobqueue`. cluster/README.md says what the compute nodes need.
"""

import argparse
import sys
from pathlib import Path

import dask
from dask_jobqueue import SLURMCluster
from distributed import Client
from distributed.security import Security

from autograder.cli.app import app

GIB_PER_WORKER = 6  # a submission may use 4, and its worker takes the rest
WALLTIME = "04:00:00"


def main() -> None:
    """Read the command line, and grade."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("week", help="the assignment")
    parser.add_argument("--partition", required=True, help="Slurm's partition")
    parser.add_argument("--account", help="the account that pays, if your cluster asks for one")
    parser.add_argument("--jobs", type=int, default=2, help="how many jobs (default: 2)")
    parser.add_argument("--workers", type=int, default=4, help="workers in a job (default: 4)")
    parser.add_argument("--walltime", default=WALLTIME, help=f"of a job (default: {WALLTIME})")
    parser.add_argument("--gpu", action="store_true", help="one GPU for each job")
    parser.add_argument("--interface", help="the network that nodes share, such as ib0")
    given, further = parser.parse_known_args()
    security = Security.temporary()
    with SLURMCluster(
        queue=given.partition,
        account=given.account,
        interface=given.interface,
        cores=given.workers,
        processes=given.workers,
        memory=f"{given.workers * GIB_PER_WORKER}GiB",
        walltime=given.walltime,
        job_extra_directives=["--gres=gpu:1"] if given.gpu else [],
        python=sys.executable,
        protocol="tls://",
        security=security,
        shared_temp_directory=str(Path.home()),  # the jobs read the certificates there
    ) as cluster:
        cluster.scale(jobs=given.jobs)
        print("waiting for the first job to start", flush=True)
        with Client(cluster) as client:
            client.wait_for_workers(1)
        settings = {
            "distributed.comm.tls.ca-file": security.tls_ca_file,
            "distributed.comm.tls.client.cert": security.tls_client_cert,
            "distributed.comm.tls.client.key": security.tls_client_key,
        }
        device = "cuda" if given.gpu else "cpu"
        command = ["grade", given.week, "--scheduler", cluster.scheduler_address]
        with dask.config.set(settings):
            app([*command, "--device", device, *further])


if __name__ == "__main__":
    main()
