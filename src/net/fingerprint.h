#pragma once
#include "core/result.h"

#include <string>

namespace andon::net
{

/// "AB:CD:…", SHA-256 of the first certificate of a PEM file: what a person compares before trusting an authority.
[[nodiscard]] core::Result<std::string> fingerprintOf(const std::string &pemFile);

} // namespace andon::net
