"""Draw the pictures of the gallery: flat drawings as SVG, and two scenes that look like photographs as JPEG."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parents[2] / "source" / "gallery" / "images"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">{body}</svg>\n'


def write_svg(name: str, width: int, height: int, body: str) -> None:
    """Write one drawing."""
    (FOLDER / name).write_text(SVG.format(w=width, h=height, body=body), encoding="utf-8")


def mill() -> None:
    """Draw the mill beside its river."""
    spokes = "".join(
        f'<path d="M150 300h120" transform="rotate({a} 150 300)" stroke="#5C3A2E" stroke-width="9"/>'
        for a in range(0, 360, 45)
    )
    write_svg(
        "mill.svg",
        480,
        480,
        '<rect width="480" height="480" fill="#F3D9B1"/><circle cx="380" cy="90" r="46" fill="#E8A33D"/>'
        '<path d="M0 260l120-70 130 60 120-90 110 80v240H0z" fill="#8FA68E"/>'
        '<rect x="210" y="150" width="190" height="250" fill="#A8553A"/><path d="M195 155l110-80 110 80z" fill="#5C3A2E"/>'
        + "".join(
            f'<rect x="{x}" y="{y}" width="30" height="42" fill="#F6E7CF"/>'
            for x in (240, 290, 340)
            for y in (190, 270)
        )
        + f'{spokes}<circle cx="150" cy="300" r="112" fill="none" stroke="#5C3A2E" stroke-width="14"/>'
        '<circle cx="150" cy="300" r="18" fill="#5C3A2E"/><path d="M0 390q60-24 120 0t120 0 120 0 120 0v90H0z" fill="#4F7C91"/>',
    )


def wool() -> None:
    """Draw wool before and after carding; the two differ in shape on purpose."""
    rng = random.Random(3)
    loops = "".join(
        f'<ellipse cx="{150 + rng.randint(-60, 60)}" cy="{110 + rng.randint(-40, 40)}" rx="{rng.randint(20, 60)}"'
        f' ry="{rng.randint(15, 45)}" fill="none" stroke="#A8553A" stroke-width="3" transform="rotate({rng.randint(0, 180)} 150 110)"/>'
        for _ in range(26)
    )
    write_svg("wool-before.svg", 300, 220, f'<rect width="300" height="220" fill="#F6EEE0"/>{loops}')
    lines = "".join(
        f'<path d="M20 {y}q70-8 140 0t130 0" fill="none" stroke="#A8553A" stroke-width="3"/>'
        for y in range(40, 190, 12)
    )
    write_svg(
        "wool-after.svg",
        220,
        220,
        f'<rect width="220" height="220" fill="#F6EEE0"/><g transform="scale(.7 1)">{lines}</g>',
    )


def dome() -> None:
    """Draw an observatory under turning stars."""
    rng = random.Random(5)
    arcs = "".join(
        f'<circle cx="300" cy="330" r="{r}" fill="none" stroke="#7FB6C8" stroke-width="5" stroke-linecap="round"'
        f' stroke-dasharray="{rng.randint(20, 90)} {rng.randint(120, 400)}" transform="rotate({rng.randint(0, 360)} 300 330)"/>'
        for r in range(60, 420, 16)
    )
    write_svg(
        "dome.svg",
        600,
        640,
        f'<rect width="600" height="640" fill="#073B52"/>{arcs}<path d="M0 560q300-90 600 0v80H0z" fill="#0B2330"/>'
        '<path d="M240 540v-60a60 60 0 0 1 120 0v60z" fill="#E6F1F4"/><path d="M296 420l40-18-8 78h-24z" fill="#0B2330"/>'
        '<rect x="290" y="500" width="22" height="40" fill="#F5B94A"/>',
    )


def plate() -> None:
    """Draw a plate in three parts."""
    write_svg(
        "plate.svg",
        360,
        300,
        '<circle cx="180" cy="150" r="140" fill="#fff" stroke="#B7C9D1" stroke-width="4"/>'
        '<path d="M180 40a110 110 0 0 0 0 220z" fill="#5E9E6E"/><path d="M184 40a110 110 0 0 1 106 106H184z" fill="#A8653A"/>'
        '<path d="M184 154h106a110 110 0 0 1-106 106z" fill="#E7C25B"/>',
    )


def cat() -> None:
    """Draw a tabby's face with its ears near the edge."""
    stripes = "".join(
        f'<path d="M{x} 150q6-30 0-58" stroke="#4A2E1C" stroke-width="10" fill="none"/>'
        for x in (235, 270, 300, 330, 365)
    )
    whiskers = "".join(
        f'<path d="M{250 if s < 0 else 350} {330 + d}q{s * 60} {d} {s * 130} {d * 2}" stroke="#fff" stroke-width="3" fill="none"/>'
        for s in (-1, 1)
        for d in (-10, 2, 14)
    )
    write_svg(
        "cat.svg",
        600,
        480,
        '<rect width="600" height="480" fill="#C9B8A8"/><path d="M150 190L165 20l120 90zM450 190L435 20l-120 90z" fill="#8A5A36"/>'
        '<path d="M178 130l8-70 56 42zM422 130l-8-70-56 42z" fill="#D9A08A"/>'
        f'<ellipse cx="300" cy="270" rx="175" ry="180" fill="#8A5A36"/>{stripes}'
        '<ellipse cx="300" cy="370" rx="90" ry="76" fill="#F4EDE4"/>'
        '<ellipse cx="225" cy="240" rx="40" ry="34" fill="#9DB65C"/><ellipse cx="375" cy="240" rx="40" ry="34" fill="#9DB65C"/>'
        '<ellipse cx="225" cy="240" rx="11" ry="30" fill="#1A120C"/><ellipse cx="375" cy="240" rx="11" ry="30" fill="#1A120C"/>'
        f'<path d="M276 318h48l-24 26z" fill="#B85C50"/><path d="M300 344v18m0 0q-22 24-44 8m44-8q22 24 44 8" stroke="#4A2E1C" stroke-width="5" fill="none"/>{whiskers}',
    )


def exercises() -> None:
    """Draw three figures with one line weight."""
    pen = 'stroke="#0B4F6C" stroke-width="9" stroke-linecap="round" stroke-linejoin="round" fill="none"'
    floor = '<path d="M20 282h360" stroke="#B7C9D1" stroke-width="5"/>'
    write_svg(
        "pendulum.svg",
        400,
        300,
        f'{floor}<g {pen}><circle cx="150" cy="92" r="22"/><path d="M168 108L258 150l10 128M258 150l-20 128M190 118l-62 62M200 124v96"/><path d="M60 182h90M76 182v98" stroke="#B7C9D1"/></g><path d="M160 232q40 26 80 0" stroke="#E8A33D" stroke-width="5" fill="none"/>',
    )
    write_svg(
        "slide.svg",
        400,
        300,
        f'{floor}<g {pen}><circle cx="120" cy="70" r="22"/><path d="M120 94v96h70v88M120 112l150 50"/><path d="M180 172h190M350 172v108M90 192h60M100 192v88" stroke="#B7C9D1"/></g><path d="M290 150h60m-14-12l14 12-14 12" stroke="#E8A33D" stroke-width="5" fill="none"/>',
    )
    write_svg(
        "wall.svg",
        400,
        300,
        f'{floor}<g {pen}><circle cx="190" cy="80" r="22"/><path d="M190 104v90l-22 86M190 194l24 86M190 124l96-50M190 124l-10 70"/><path d="M296 10v270" stroke="#B7C9D1"/></g><path d="M320 110V50m-12 14l12-14 12 14" stroke="#E8A33D" stroke-width="5" fill="none"/>',
    )


def galaxies() -> None:
    """Scatter galaxies over a black field."""
    rng = random.Random(11)
    sky = Image.new("RGB", (1200, 800), (6, 6, 10))
    for _ in range(420):
        x, y, size = rng.random() * 1200, rng.random() * 800, rng.random() ** 4 * 26 + 1.5
        tone = rng.choice(((255, 236, 210), (255, 196, 140), (190, 210, 255), (255, 255, 255)))
        spot = Image.new("L", (96, 96), 0)
        ImageDraw.Draw(spot).ellipse(
            (48 - size, 48 - size * 0.45, 48 + size, 48 + size * 0.45), fill=rng.randint(90, 255)
        )
        spot = spot.filter(ImageFilter.GaussianBlur(size / 4 + 0.6)).rotate(rng.randint(0, 180))
        sky.paste(Image.new("RGB", spot.size, tone), (int(x) - 48, int(y) - 48), spot)
    sky.save(FOLDER / "galaxies.jpg", quality=82)


def boat() -> None:
    """Paint a boat with a lamp on a night sea."""
    rng = random.Random(7)
    picture = Image.new("RGB", (1000, 1000))
    draw = ImageDraw.Draw(picture)
    for y in range(1000):
        night = (
            (18 + y // 40, 30 + y // 24, 58 + y // 16) if y < 560 else (14, 34 + (y - 560) // 16, 52 + (y - 560) // 12)
        )
        draw.line((0, y, 1000, y), fill=night)
    for _ in range(500):
        x, y = rng.randint(0, 1000), 560 + int(rng.random() ** 1.6 * 440)
        draw.line((x, y, x + rng.randint(10, 90), y), fill=(40, 72 + rng.randint(0, 30), 100), width=2)
    draw.polygon(((360, 560), (660, 560), (610, 640), (400, 640)), fill=(196, 84, 40))
    draw.rectangle((440, 480, 570, 560), fill=(232, 226, 214))
    draw.rectangle((460, 500, 550, 530), fill=(250, 214, 120))
    draw.line((505, 480, 505, 360), fill=(230, 230, 230), width=6)
    glow = Image.new("L", (1000, 1000), 0)
    ImageDraw.Draw(glow).ellipse((425, 280, 585, 440), fill=150)
    glow = glow.filter(ImageFilter.GaussianBlur(50))
    picture.paste(Image.new("RGB", picture.size, (255, 222, 150)), (0, 0), glow)
    ImageDraw.Draw(picture).ellipse((494, 348, 516, 370), fill=(255, 246, 214))
    picture.filter(ImageFilter.GaussianBlur(1.2)).save(FOLDER / "boat.jpg", quality=82)


def portrait() -> None:
    """Paint a head and shoulders before the sea."""
    picture = Image.new("RGB", (800, 1000), (122, 160, 178))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 800, 1000), fill=(70, 110, 132))
    draw.ellipse((80, 640, 720, 1400), fill=(214, 98, 34))
    draw.rectangle((340, 520, 460, 700), fill=(214, 160, 128))
    draw.ellipse((250, 170, 550, 620), fill=(58, 40, 32))
    draw.ellipse((282, 240, 518, 590), fill=(226, 174, 142))
    for x in (346, 438):
        draw.ellipse((x, 390, x + 20, 410), fill=(40, 30, 26))
    draw.arc((345, 440, 455, 530), 20, 160, fill=(140, 60, 52), width=8)
    picture.filter(ImageFilter.GaussianBlur(2.5)).save(FOLDER / "portrait.jpg", quality=82)


def bins() -> None:
    """Paint four bins before a wall of bricks, a heap of boxes, and tins with jars."""
    rng = random.Random(13)
    wall = Image.new("RGB", (1200, 1000), (150, 96, 74))
    draw = ImageDraw.Draw(wall)
    for row in range(22):
        for column in range(-1, 13):
            x, y, tone = column * 100 + (row % 2) * 50, row * 36, rng.randint(-16, 16)
            draw.rectangle((x + 3, y + 3, x + 96, y + 32), fill=(168 + tone, 104 + tone, 80 + tone))
    draw.rectangle((0, 790, 1200, 1000), fill=(126, 126, 124))
    for x, tone in zip((90, 360, 630, 900), ((38, 92, 160), (52, 128, 72), (120, 84, 52), (50, 50, 54)), strict=True):
        draw.polygon(((x, 420), (x + 220, 420), (x + 200, 860), (x + 20, 860)), fill=tone)
        draw.polygon(
            ((x - 12, 380), (x + 232, 380), (x + 224, 424), (x - 4, 424)), fill=tuple(part + 22 for part in tone)
        )
        draw.ellipse((x + 14, 830, x + 70, 890), fill=(26, 26, 28))
    wall.filter(ImageFilter.GaussianBlur(1.6)).save(FOLDER / "bins.jpg", quality=80)
    heap = Image.new("RGB", (1000, 640), (96, 112, 128))
    draw = ImageDraw.Draw(heap)
    for _ in range(60):
        x, y, width, tone = rng.randint(-80, 900), rng.randint(160, 560), rng.randint(120, 320), rng.randint(-24, 24)
        slope = rng.randint(-50, 50)
        draw.polygon(
            ((x, y), (x + width, y + slope), (x + width - 12, y + slope + 60), (x - 12, y + 60)),
            fill=(186 + tone, 146 + tone, 98 + tone),
        )
        draw.line((x, y, x + width, y + slope), fill=(224, 192, 148), width=4)
    heap.filter(ImageFilter.GaussianBlur(1.8)).save(FOLDER / "paper.jpg", quality=80)
    shelf = Image.new("RGB", (1000, 640), (198, 206, 196))
    draw = ImageDraw.Draw(shelf)
    draw.rectangle((0, 500, 1000, 640), fill=(150, 132, 108))
    for place in range(7):
        x, height, tone = 50 + place * 132, rng.randint(180, 300), rng.randint(0, 40)
        glass = place % 2
        fill = (150 + tone, 188, 170) if glass else (176 + tone, 178 + tone, 182 + tone)
        draw.rectangle((x, 540 - height, x + 108, 540), fill=fill)
        draw.ellipse((x, 526, x + 108, 556), fill=fill)
        draw.ellipse((x, 524 - height, x + 108, 556 - height), fill=(214, 220, 220) if glass else (230, 230, 232))
        draw.rectangle((x + 14, 556 - height, x + 24, 530), fill=(236, 242, 240))
    shelf.filter(ImageFilter.GaussianBlur(1.6)).save(FOLDER / "tins.jpg", quality=80)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for draw_one in (mill, wool, dome, plate, cat, exercises, galaxies, boat, portrait, bins):
        draw_one()
