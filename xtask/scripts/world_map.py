"""Makes crates/web/static/world.svg: land and borders, for the map of a study's sites.

    python3 xtask/scripts/world_map.py countries-110m.json land-110m.json > crates/web/static/world.svg

The two files are those of the package world-atlas 2.0.2 (ISC), made from Natural Earth 1:110m (public domain). Equirectangular:
two units a degree, from 180 W and 84 N, down to 60 S. A site is drawn at x = 2 (lon + 180), y = 2 (84 - lat).
"""

import json
import sys


def arcs_of(topology):
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        yield points


def rings_of(geometry):
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
    elif geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings_of(part)


def path(points, close):
    out, last = [], None
    for lon, lat in points:
        at = (round((lon + 180) * 2), round((84 - lat) * 2))
        if at != last:
            out.append(at)
            last = at
    if len(out) < (4 if close else 2):
        return ""
    words = [f"M{out[0][0]} {out[0][1]}"]
    for (x0, y0), (x1, y1) in zip(out, out[1:]):
        words.append(f"l{x1 - x0} {y1 - y0}")
    return "".join(words) + ("z" if close else "")


def main():
    with open(sys.argv[1]) as file:
        countries = json.load(file)
    with open(sys.argv[2]) as file:
        land = json.load(file)
    land_arcs = list(arcs_of(land))
    shapes = []
    for ring in rings_of(land["objects"]["land"]):
        points = []
        for index in ring:
            arc = land_arcs[index] if index >= 0 else land_arcs[~index][::-1]
            points += arc if not points else arc[1:]
        if max(lat for _, lat in points) > -60:
            shapes.append(path(points, True))
    used = {}
    for geometry in countries["objects"]["countries"]["geometries"]:
        for ring in rings_of(geometry):
            for index in ring:
                key = index if index >= 0 else ~index
                used[key] = used.get(key, 0) + 1
    borders = [path(points, False) for at, points in enumerate(arcs_of(countries)) if used.get(at, 0) > 1]
    print('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 288">', end="")
    print(f'<path fill="#9aa8a2" fill-opacity=".45" d="{"".join(shapes)}"/>', end="")
    print(f'<path fill="none" stroke="#7b8a84" stroke-width=".4" d="{"".join(borders)}"/></svg>')


main()
