package dev.evenroll.gateway.job;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Questions about jobs. Answers are always given, by whichever thread knows them.
public interface JobQueries {

    /// How far a job is.
    ///
    /// @param requester whoever asks
    CompletableFuture<Answer> progress(JobId job, RegistrationAuthority requester);

    /// What has been taken of a job, for an upload that goes on with it.
    CompletableFuture<Answer> standing(JobId job, RegistrationAuthority requester);

    /// What has become of the lines behind a line, in their order; those that have not ended are left out.
    ///
    /// @param after number of a line; 0 for the beginning
    /// @param limit how many at most
    CompletableFuture<Answer> results(JobId job, RegistrationAuthority requester, int after, int limit);

    /// An answer.
    sealed interface Answer {

        /// How far a job is.
        ///
        /// @param taken lines that are durable without a gap: an upload goes on behind them
        /// @param lines number of lines; the highest that is known of as long as it is not submitted
        /// @param running lines that have not ended and wait for nobody
        record Progress(JobState state, int taken, int lines, int issued, int refused, int pending, int running)
                implements Answer {

            /// Whether all its lines have been read.
            public boolean submitted() {
                return switch (state) {
                    case SUBMITTED, DONE -> true;
                    case RECEIVING, INTERRUPTED -> false;
                };
            }
        }

        /// What has been taken of a job.
        ///
        /// @param submitted whether that is all of it
        /// @param malformed how many of the lines hold no usable request
        record Standing(boolean submitted, TakenLines taken, int malformed) implements Answer {

            /// That of a job without lines.
            public static final Standing NEW = new Standing(false, TakenLines.NONE, 0);
        }

        /// What has become of lines.
        record Results(List<LineResult> lines) implements Answer {
            public Results {
                lines = List.copyOf(lines);
            }
        }

        /// There is no such job, or it is not this requester's.
        record Unknown() implements Answer {}

        /// It can not be told now.
        ///
        /// @param reason why, in a sentence
        record Busy(String reason) implements Answer {}
    }
}
