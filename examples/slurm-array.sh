#!/bin/bash
# A sweep in eight shards as a SLURM array: sbatch slurm-array.sh plan.json
# Afterwards: satnmf sweep merge plan.json plan.*-of-8.jsonl --out plan.runs.jsonl
#SBATCH --job-name=satnmf-sweep
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=12:00:00
#SBATCH --requeue
# SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT are set by SLURM.
srun npx satnmf sweep run "${1:?usage: sbatch slurm-array.sh plan.json}" --shard auto --jobs "$SLURM_CPUS_PER_TASK"
