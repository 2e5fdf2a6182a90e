package dev.evenroll.gateway.job;

/// A line of a bulk job.
///
/// @param number from 1
public record JobLine(JobId job, int number) {}
