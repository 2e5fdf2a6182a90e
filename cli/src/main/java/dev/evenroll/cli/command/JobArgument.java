package dev.evenroll.cli.command;

import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/// Names a job.
final class JobArgument {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-zA-Z.-]{1,100}");

    @Parameters(paramLabel = "JOB", description = "Id of the job, as `evenroll job submit` printed it.")
    private String id = "";

    String id(OperatorCommand command) {
        if (!SHAPE.matcher(id).matches()) {
            throw command.usage("JOB is no id of a job; `evenroll job submit` printed it");
        }
        return id;
    }
}
