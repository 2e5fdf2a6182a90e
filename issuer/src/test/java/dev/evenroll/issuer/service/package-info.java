@NullMarked
package dev.evenroll.issuer.service;

import org.jspecify.annotations.NullMarked;
