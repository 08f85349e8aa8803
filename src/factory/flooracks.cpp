// The Floor of a MachinesService: who is on it.
#include "factory/machinesservice.h"
#include "factory/subject.h"
#include "store/acknowledgementstore.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

std::optional<Acknowledged> ackOf(const Subject &subject, const std::vector<store::Acknowledgement> &standing)
{
    for (const store::Acknowledgement &one : standing)
        if (one.kind == subject.kind && one.subject == subject.key && one.state == subject.state)
            return Acknowledged{one.who, one.note, one.at};
    return std::nullopt;
}

} // namespace

void MachinesService::acknowledged(FloorView &view) const
{
    store::DatabaseFile *records = m_parts.records ? m_parts.records() : nullptr;
    const auto read = records ? store::AcknowledgementStore(*records).standing(m_parts.site, m_parts.pin.now())
                              : core::Result<std::vector<store::Acknowledgement>>();
    const std::vector<store::Acknowledgement> standing = read.value_or(std::vector<store::Acknowledgement>{});
    for (StationView &station : view.stations)
        station.ack = needsSomebody(station) ? ackOf(subjectOf(station), standing) : std::nullopt;
    for (Attention &one : view.attention)
        one.ack = ackOf(subjectOf(one), standing);
    std::stable_partition(view.attention.begin(), view.attention.end(), [](const Attention &one) { return !one.ack; });
}

} // namespace andon::factory
