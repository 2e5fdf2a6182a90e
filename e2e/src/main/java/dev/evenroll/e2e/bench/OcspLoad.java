package dev.evenroll.e2e.bench;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that ask OCSP responders without a pause.
///
/// A few threads, each with some connections: it reads the answer of one, sends its next question, and goes on to the
/// next one. A thread for each connection would cost more: the clients share the cores with what is measured.
///
/// @param issuer of the certificates that are asked about
/// @param clock for the validity of the answers
record OcspLoad(IssuingCertificate issuer, InstantSource clock) {

    /// As a front and a few back ends keep them open.
    static final int CONNECTIONS = 16;

    private static final int THREADS = 2;
    private static final int STATUS_AT = 4;
    private static final byte[] SUCCESSFUL = {0x0a, 1, 0};

    /// Answers per second. Of each the status is looked at; the last one of each connection is verified.
    ///
    /// @throws IOException when one is missing or wrong
    double perSecond(URI responder, OcspQuestions questions, Duration time) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var loads = new ArrayList<Future<Long>>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                loads.add(threads.submit(() -> ask(responder, questions, first, end)));
            }
            long answers = 0;
            for (var load : loads) {
                answers += load.get();
            }
            return answers / (time.toNanos() / 1e9);
        } catch (ExecutionException e) {
            throw new IOException(responder + " did not answer as it should: " + e.getCause(), e);
        }
    }

    private long ask(URI responder, OcspQuestions questions, int first, long end)
            throws IOException, MalformedException {
        var lines = new ArrayList<OcspLine>();
        try {
            long number = first;
            for (int line = first; line < CONNECTIONS; line += THREADS) {
                lines.add(new OcspLine(responder));
                lines.getLast().ask(questions.question(number));
                number += THREADS;
            }
            long answers = 0;
            while (true) {
                for (var line : lines) {
                    var answer = line.answer();
                    requireSuccessful(answer);
                    if (System.nanoTime() >= end) {
                        verify(line, answer);
                        drain(lines, line);
                        return answers;
                    }
                    answers++;
                    line.ask(questions.question(number));
                    number += THREADS;
                }
            }
        } finally {
            for (var line : lines) {
                line.close();
            }
        }
    }

    /// The answers that were under way when the time was over. They do not count.
    private void drain(List<OcspLine> lines, OcspLine done) throws IOException, MalformedException {
        for (var line : lines) {
            if (line != done) {
                verify(line, line.answer());
            }
        }
    }

    private static void requireSuccessful(byte[] answer) throws IOException {
        if (answer.length < STATUS_AT + SUCCESSFUL.length
                || !Arrays.equals(answer, STATUS_AT, STATUS_AT + SUCCESSFUL.length, SUCCESSFUL, 0, SUCCESSFUL.length)) {
            throw new IOException("a question has no answer, but an error of " + answer.length + " bytes");
        }
    }

    private void verify(OcspLine line, byte[] answer) throws IOException, MalformedException {
        var asked = line.asked();
        var request =
                OcspRequest.read(Arrays.copyOfRange(asked, OcspLine.endOfHead(asked, asked.length), asked.length));
        if (!isGood(request, answer)) {
            throw new IOException("an answer is not to be believed, or is not that to the question");
        }
    }

    /// Whether an answer is to be believed, and says good.
    boolean isGood(OcspRequest request, byte[] answer) throws MalformedException {
        return OcspAnswer.read(answer) instanceof OcspAnswer.Signed signed
                && signed.answers(request)
                && signed.problems(issuer, clock.instant()).isEmpty()
                && signed.singles().stream().allMatch(single -> single.status() instanceof OcspStatus.Good);
    }

    /// Whether a responder says good of every certificate.
    boolean knowsAll(URI responder, OcspQuestions questions) throws IOException, MalformedException {
        try (var line = new OcspLine(responder)) {
            for (int number = 0; number < questions.size(); number++) {
                var question = questions.question(number);
                var request = OcspRequest.read(
                        Arrays.copyOfRange(question, OcspLine.endOfHead(question, question.length), question.length));
                line.ask(question);
                if (!isGood(request, line.answer())) {
                    return false;
                }
            }
            return true;
        }
    }
}
