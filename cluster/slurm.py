"""Grades one week on a Slurm cluster: starts Dask workers as jobs, grades, and ends the jobs.

    python cluster/slurm.py week1_mlp --partition cpu --jobs 4 --workers 8
    python cluster/slurm.py week2_dna_cnn --partition gpu --jobs 2 --workers 1 --gpu

Needs `pip install cryptography dask-jobqueue`. cluster/README.md says what the compute nodes need.
"""

import argparse
import sys
from pathlib import Path

import dask
from dask_jobqueue import SLURMCluster
from distributed.security import Security

from autograder.cli.grade import grade

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
    given = parser.parse_args()
    security = Security.temporary()
    with SLURMCluster(
        queue=given.partition,
        account=given.account,
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
        settings = {
            "distributed.comm.tls.ca-file": security.tls_ca_file,
            "distributed.comm.tls.client.cert": security.tls_client_cert,
            "distributed.comm.tls.client.key": security.tls_client_key,
        }
        with dask.config.set(settings):
            grade(
                given.week,
                device="cuda" if given.gpu else "cpu",
                scheduler=cluster.scheduler_address,
            )


if __name__ == "__main__":
    main()
