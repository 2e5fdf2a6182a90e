/// The names of things: devices, enrollments, certificates, environments.
@NullMarked
package dev.evenroll.pki.identity;

import org.jspecify.annotations.NullMarked;
