package dev.evenroll.e2e.bench;

/// How much `evenroll bench pipeline` measures.
///
/// @param enrollments in a round
/// @param warmUp enrollments before that, of which nothing is counted
/// @param rounds of which the median counts
record PipelineSize(int enrollments, int warmUp, int rounds) {

    /// Each enrolls once.
    int devices() {
        return warmUp + rounds * enrollments;
    }
}
