package dev.evenroll.e2e.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `evenroll bench pipeline` found with one key of the CA: CPU microseconds a certificate.
///
/// @param floors each round of the crypto floor
/// @param issuer each window of the issuer alone
/// @param pipeline each window of the whole pipeline
record PipelineFigures(List<Double> floors, List<Window> issuer, List<Window> pipeline) {

    private static final String ISSUER = "issuer";

    PipelineFigures {
        floors = List.copyOf(floors);
        issuer = List.copyOf(issuer);
        pipeline = List.copyOf(pipeline);
    }

    /// A backlog of enrollments, worked off.
    ///
    /// @param enrollments so many
    /// @param perSecond until the last outcome could be read
    /// @param cpuMicros a certificate, by process, until everything was worked off, the audit log too
    record Window(int enrollments, double perSecond, Map<String, Double> cpuMicros) {

        Window {
            cpuMicros = new LinkedHashMap<>(cpuMicros);
        }

        /// Of all processes but the generator of the load.
        double all() {
            return cpuMicros.entrySet().stream()
                    .filter(process -> !process.getKey().equals(CpuTimes.GENERATOR))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }

        double of(String process) {
            return cpuMicros.getOrDefault(process, 0.0);
        }
    }

    /// In the order of the output.
    Map<String, Object> fields() {
        var floor = median(floors, Comparator.naturalOrder());
        var alone = median(issuer, Comparator.comparingDouble(window -> window.of(ISSUER)));
        var whole = median(pipeline, Comparator.comparingDouble(Window::all));
        var fields = new LinkedHashMap<String, Object>();
        fields.put("floorCpuMicros", rounded(floor));
        fields.put("issuerCpuMicros", rounded(alone.of(ISSUER)));
        fields.put("pipelineCpuMicros", rounded(whole.all()));
        fields.put("pipelineOverFloor", Math.round(whole.all() / floor * 100) / 100.0);
        fields.put("perSecond", rounded(whole.perSecond()));
        fields.put("floorPerSecond", rounded(1e6 / floor));
        fields.put("issuerPerSecond", rounded(alone.perSecond()));
        var byProcess = new LinkedHashMap<String, Object>();
        whole.cpuMicros().forEach((process, micros) -> byProcess.put(process, rounded(micros)));
        fields.put("cpuMicrosByProcess", byProcess);
        return fields;
    }

    /// The middle one: these machines are noisy.
    private static <T> T median(List<T> rounds, Comparator<T> order) {
        var sorted = new ArrayList<>(rounds);
        sorted.sort(order);
        return sorted.get(sorted.size() / 2);
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
