package dev.evenroll.validator.enrollment;

/// A line of a bulk job: one request of a factory line's station.
///
/// @param jobId id of the job, 1 to 200 characters
/// @param line number of the line, from 1
public record JobLine(String jobId, int line) {

    private static final int LONGEST_JOB_ID = 200;

    public JobLine {
        if (jobId.isEmpty() || jobId.length() > LONGEST_JOB_ID) {
            throw new IllegalArgumentException("job id: must have 1 to " + LONGEST_JOB_ID + " characters");
        }
        if (line < 1) {
            throw new IllegalArgumentException("line: is " + line + "; lines are counted from 1");
        }
    }
}
