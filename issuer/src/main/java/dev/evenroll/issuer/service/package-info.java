/// The running issuer: its configuration, its start and stop, its health. The only package that knows the framework.
@NullMarked
package dev.evenroll.issuer.service;

import org.jspecify.annotations.NullMarked;
